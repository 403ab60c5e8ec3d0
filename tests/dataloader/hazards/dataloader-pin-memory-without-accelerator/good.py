import warnings

import torch
from torch.utils.data import DataLoader

warnings.simplefilter("error")

if __name__ == "__main__":
    for batch in DataLoader(list(range(8)), pin_memory=torch.accelerator.is_available()):
        print(batch)
