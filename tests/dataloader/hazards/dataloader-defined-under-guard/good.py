from torch.utils.data import DataLoader, Dataset


class Squares(Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, index):
        return index**2


if __name__ == "__main__":
    for batch in DataLoader(Squares(), batch_size=2, num_workers=1):
        print(batch)
