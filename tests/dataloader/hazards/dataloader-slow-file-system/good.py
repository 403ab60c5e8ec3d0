from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

loader = DataLoader(ImageFolder("/home/images", transforms.ToTensor()), num_workers=4)
