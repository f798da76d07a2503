def get_source_inputs(tensor):
    """The inputs of the model that a tensor was made in."""
    history = getattr(tensor, '_keras_history', None)
    if history is None:
        return [tensor]
    node = history[0]._inbound_nodes[history[1]]
    if node.is_input:
        return node.output_tensors
    found = []
    for source in node.input_tensors:
        found.extend([x for x in get_source_inputs(source) if not any([x is known for known in found])])
    return found
