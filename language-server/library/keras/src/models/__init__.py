from keras.src.models.cloning import clone_model
from keras.src.models.model import Functional, Model, model_from_config, model_from_json
from keras.src.models.sequential import Sequential
from keras.src.saving import load_model, save_model
