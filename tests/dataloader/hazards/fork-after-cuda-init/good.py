import torch
from torch.utils.data import DataLoader, Dataset


class OnHost(Dataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        return torch.tensor(index)


if __name__ == "__main__":
    torch.zeros(1).cuda()
    for batch in DataLoader(OnHost(), num_workers=1):
        print(batch.cuda())
