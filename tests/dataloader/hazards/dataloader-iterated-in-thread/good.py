from torch.utils.data import DataLoader


def train():
    for batch in DataLoader(list(range(8)), num_workers=2):
        print(batch)


if __name__ == "__main__":
    train()
