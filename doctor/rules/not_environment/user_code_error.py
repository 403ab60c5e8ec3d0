"""There is a mistake in the program, not in the environment.

## Why it matters
PyTorch works; it says that the program asks for something impossible: tensors with incompatible shapes, on different
devices or of the wrong type, a missing key, or a file that does not exist.

## What to do
Look at the last line of the traceback that belongs to your own code.

## References
- https://docs.pytorch.org/docs/stable/notes/faq.html
"""

from __future__ import annotations

from doctor.model import OF_INSTALLERS, Severity

SEVERITY = Severity.INFO
SIGNATURES = (
    r"Using a target size \(.{1,60}\) that is different to the input size",
    r"input and target shapes do not match|Mismatch in shape: grad_output"
    r"|only batches of spatial targets supported",
    r"multi-target not supported|cannot be broadcast to indexing result of shape"
    r"|could not be broadcast together",
    r"Expected all tensors to be on the same device",
    r"mat1 and mat2 (?:shapes cannot be multiplied|(?:must|to) have the same dtype)",
    r"The size of tensor a \(\d+\) must match the size of tensor b|size mismatch|shape mismatch",
    r"Input type \(.{1,60}\) and weight type \(.{1,60}\) should be the same",
    r"expected scalar type \w+ but found|expected (?:dtype|m1 and m2|self and \w+) .{0,60}but (?:got|found)",
    r"[Ee]xpected (?:object|tensor|input|Tensor|\d-?D|.{0,20}batch_size).{0,160}(?:but"
    r"|to (?:have|match)).{0,20}(?:got|found|be)",
    r"(?:Given|Calculated|Expected) (?:groups=|padded input|input size|more than 1 value per channel)",
    r"AttributeError: '(?:Distributed|FullyShared)?DataParallel' object has no attribute '",  # it is in `.module`
    r"Default process group has not been initialized, please make sure to call init_process_group",
    r"Attempting to (?:un)?scale FP16 gradients",
    r"Expected to have finished reduction in the prior iteration|Expected to mark a variable ready only once",  # DDP
    r"Error\(s\) in loading state_dict|(?:Missing|Unexpected) key\(s\) in state_dict",
    r"one of the variables needed for gradient computation has been modified by an inplace",
    r"Trying to backward through the graph a second time|element 0 of tensors does not require grad",
    r"(?:grad can be implicitly created only for scalar|leaf [Vv]ariable.{0,60}in-?place)",
    r"Can't call numpy\(\) on Tensor that requires grad|can't convert cuda:\d+ device type tensor to numpy",
    r"shape '\[.{0,80}\]' is invalid for input of size|view size is not compatible with input tensor's size",
    r"(?:stack expects each tensor to be equal size|Sizes of tensors must match except in dimension"
    r"|Tensors must have same number)",
    r"(?:index|indices) .{0,40}out of bounds for|index out of range in self|Dimension out of range"
    r"|Target \d+ is out of bounds",
    r"cannot pin '\S{1,60}' only (?:dense )?CPU",
    r"(?:only (?:one element|integer) tensors|Boolean value of Tensor with more than one value"
    r"|a Tensor with \d+ elements cannot)",
    r"not implemented for '(?:Half|Long|Int|Bool|Byte|Float|Double|BFloat16|ComplexFloat|Short|Char)'",
    r"Attempting to deserialize object on (?:a )?CUDA|use torch\.load with map_location",
    r"TypeError: (?:\w+\.)?forward\(\) |TypeError: 'float' object cannot be interpreted as an integer",
    r"ValueError: Expected (?:input|more than|parameter)",
    r"(?<!setup)(?<!conda-script)\.py: error: "
    r"(?:unrecognized arguments: (?!--local)|the following arguments are required|argument --)",
    r"the MPS framework doesn't support float64|Placeholder storage has not been allocated on MPS",
    r"\(unicode error\) 'unicodeescape' codec can't decode bytes",  # C:\Users in a string that is not raw
    r"num_samples should be a positive integer value|batch_size should be a positive integer value",
    r"MPS device does not support \w+ (?:or \w+ )?for non-float|(?<!doesn't support )\bfloat64 is not supported on MPS"
    r"|to the MPS backend but it does not have support for that dtype",
    r"Found dtype \w+ but expected \w+",
)
IN_OWN_CODE = (
    r"^(?:IndexError|ZeroDivisionError|UnboundLocalError|RecursionError|FileNotFoundError): ",
    r"^KeyError: (?!['\"](?:[A-Z]+_)?[A-Z]+['\"])",  # a variable that a launcher sets
    r"^NameError: name '(?!torch'|_C')\w+' is not defined",
)
NOT_WHILE = OF_INSTALLERS
EXPLAINS = (
    "dataloader-bad-size",
    "dataloader-collate-mismatch",
    "dataloader-empty-dataset",
)
