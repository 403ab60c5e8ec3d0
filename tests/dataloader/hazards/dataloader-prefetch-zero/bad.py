from torch.utils.data import DataLoader

if __name__ == "__main__":
    for batch in DataLoader(list(range(8)), num_workers=1, prefetch_factor=0):
        print(batch)
