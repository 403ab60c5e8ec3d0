from torch.utils.data import DataLoader, Dataset, default_collate


class Records(Dataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        if index == 2:
            return None
        return index


def whole(rows):
    return default_collate([row for row in rows if row is not None])


for batch in DataLoader(Records(), batch_size=2, collate_fn=whole):
    print(batch)
