from torch.utils.data import DataLoader, Dataset


class Scaled(Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, index):
        return index * SCALE


if __name__ == "__main__":
    SCALE = 10
    for batch in DataLoader(Scaled(), batch_size=2, num_workers=1):
        print(batch)
