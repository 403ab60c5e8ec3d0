from torch.utils.data import DataLoader, Dataset

if __name__ == "__main__":

    class Squares(Dataset):
        def __len__(self):
            return 8

        def __getitem__(self, index):
            return index**2

    for batch in DataLoader(Squares(), batch_size=2, num_workers=1):
        print(batch)
