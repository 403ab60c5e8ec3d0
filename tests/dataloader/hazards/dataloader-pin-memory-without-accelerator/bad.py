import warnings

from torch.utils.data import DataLoader

warnings.simplefilter("error")

if __name__ == "__main__":
    for batch in DataLoader(list(range(8)), pin_memory=True):
        print(batch)
