from torch.utils.data import DataLoader


def collate(rows):
    return (row * 2 for row in rows)


if __name__ == "__main__":
    for batch in DataLoader(list(range(8)), batch_size=2, num_workers=1, collate_fn=collate):
        print(batch)
