import cv2
from torch.utils.data import DataLoader, Dataset

cv2.setNumThreads(0)


class Images(Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, index):
        return cv2.resize(cv2.imread(f"{index}.png"), (64, 64))


loader = DataLoader(Images(), num_workers=4)
