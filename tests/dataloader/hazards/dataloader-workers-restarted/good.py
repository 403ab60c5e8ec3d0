from torch.utils.data import DataLoader

if __name__ == "__main__":
    loader = DataLoader(list(range(8)), num_workers=2, persistent_workers=True)
    for epoch in range(10):
        for batch in loader:
            print(epoch, batch)
