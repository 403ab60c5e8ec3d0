import boto3
from torch.utils.data import DataLoader, Dataset


class Objects(Dataset):
    def __init__(self, keys):
        self.keys = keys
        self.client = None

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, index):
        if self.client is None:
            self.client = boto3.client("s3")
        return self.client.get_object(Bucket="images", Key=self.keys[index])["Body"].read()


loader = DataLoader(Objects(["a", "b"]), num_workers=4)
