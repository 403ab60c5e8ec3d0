from torch.utils.data import DataLoader, Dataset


class BadRecord(Exception):
    pass


class Records(Dataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        raise BadRecord(f"records:{index}")


if __name__ == "__main__":
    try:
        for batch in DataLoader(Records(), num_workers=1):
            print(batch)
    except BadRecord:
        print("left out")
