"""Features that a module asks for in advance; they change nothing here."""

annotations = division = absolute_import = print_function = unicode_literals = generator_stop = nested_scopes = with_statement = generators = True
