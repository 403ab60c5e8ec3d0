from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

loader = DataLoader(ImageFolder("images", transforms.ToTensor()), batch_size=64, num_workers=4)
