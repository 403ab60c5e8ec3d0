from torch.utils.data import DataLoader, Dataset

SETTINGS = {"scale": 1}


class Scaled(Dataset):
    def __init__(self, scale):
        self.scale = scale

    def __len__(self):
        return 4

    def __getitem__(self, index):
        return index * self.scale


if __name__ == "__main__":
    SETTINGS["scale"] = 10
    dataset = Scaled(SETTINGS["scale"])
    values = [int(value) for batch in DataLoader(dataset, num_workers=1) for value in batch]
    assert values == [0, 10, 20, 30], values
