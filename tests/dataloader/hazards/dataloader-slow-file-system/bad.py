from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

loader = DataLoader(ImageFolder("/mnt/c/images", transforms.ToTensor()), num_workers=4)
