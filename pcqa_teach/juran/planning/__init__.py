"""Planning: from what people say to what is counted, and how."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "ctq": ["CtqTree", "ctq_tree"],
        "definition": ["OperationalDefinition", "operational_definition"],
        "ladder": ["EngagementLadder", "engagement_ladder"],
    },
)
