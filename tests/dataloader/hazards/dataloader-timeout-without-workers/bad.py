from torch.utils.data import DataLoader

for batch in DataLoader(list(range(8)), timeout=5):
    print(batch)
