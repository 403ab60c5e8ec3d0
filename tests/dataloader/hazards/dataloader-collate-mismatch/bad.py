from torch.utils.data import DataLoader, Dataset


class Records(Dataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        if index == 2:
            return None
        return index


for batch in DataLoader(Records(), batch_size=2):
    print(batch)
