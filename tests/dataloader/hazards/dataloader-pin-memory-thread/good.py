import torch
from torch.utils.data import DataLoader

torch.cuda.init()
loader = DataLoader(list(range(8)), num_workers=1, pin_memory=True)
