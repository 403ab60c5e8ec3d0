import torch
from torch.utils.data import DataLoader

weights = torch.load("weights.pt")

if __name__ == "__main__":
    for batch in DataLoader(list(range(8)), num_workers=2):
        print(batch, weights)
