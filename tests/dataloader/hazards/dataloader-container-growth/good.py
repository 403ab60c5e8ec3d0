import numpy as np
from torch.utils.data import DataLoader, Dataset


class Captions(Dataset):
    def __init__(self, path):
        self.captions = np.load(path, mmap_mode="r")

    def __len__(self):
        return 8

    def __getitem__(self, index):
        return self.captions[index]


loader = DataLoader(Captions("captions.npy"), num_workers=4)
