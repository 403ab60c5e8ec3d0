from torch.utils.data import DataLoader, Dataset


class Lines(Dataset):
    def __init__(self, path):
        self.file = open(path)

    def __len__(self):
        return 2

    def __getitem__(self, index):
        self.file.seek(0)
        return self.file.readlines()[index]


if __name__ == "__main__":
    for batch in DataLoader(Lines(__file__), num_workers=1):
        print(batch)
