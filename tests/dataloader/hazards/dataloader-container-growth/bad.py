import json

from torch.utils.data import DataLoader, Dataset


class Captions(Dataset):
    def __init__(self, path):
        with open(path) as file:
            self.captions = json.load(file)

    def __len__(self):
        return 8

    def __getitem__(self, index):
        return self.captions[index]


loader = DataLoader(Captions("captions.json"), num_workers=4)
