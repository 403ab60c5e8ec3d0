from torch.utils.data import DataLoader
from transformers import AutoTokenizer

if __name__ == "__main__":
    tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")
    print(tokenizer("a sentence"))
    for batch in DataLoader(list(range(8)), num_workers=2):
        print(batch)
