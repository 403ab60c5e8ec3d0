import torch
from torch.utils.data import DataLoader

torch.use_deterministic_algorithms(True)
loader = DataLoader(list(range(8)), shuffle=True, num_workers=2)
