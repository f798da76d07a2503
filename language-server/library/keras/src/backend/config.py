"""Keras's global settings."""
_settings = {'floatx': 'float32', 'epsilon': 1e-7, 'image_data_format': 'channels_last'}


def floatx():
    return _settings['floatx']


def set_floatx(value):
    _settings['floatx'] = value


def epsilon():
    return _settings['epsilon']


def set_epsilon(value):
    _settings['epsilon'] = value


def image_data_format():
    return _settings['image_data_format']


def set_image_data_format(data_format):
    _settings['image_data_format'] = str(data_format).lower()


def image_dim_ordering():
    return 'tf' if image_data_format() == 'channels_last' else 'th'


def set_image_dim_ordering(order):
    set_image_data_format('channels_last' if order == 'tf' else 'channels_first')


def standardize_data_format(data_format):
    if data_format is None:
        return image_data_format()
    data_format = str(data_format).lower()
    if data_format not in ('channels_first', 'channels_last'):
        raise ValueError("The `data_format` argument must be one of {'channels_first', 'channels_last'}. "
                         f"Received: data_format={data_format}")
    return data_format


def backend():
    """What the program itself chooses, before it imports Keras."""
    import os
    chosen = os.environ.get('KERAS_BACKEND', 'tensorflow')
    return chosen if isinstance(chosen, str) else 'tensorflow'


def is_flash_attention_enabled():
    return None


def enable_flash_attention():
    pass


def disable_flash_attention():
    pass
