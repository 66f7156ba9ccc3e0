from directory.models.change import Change, keep_history
from directory.models.city import City, LabelSide, Nation
from directory.models.city_section import CitySection
from directory.models.content_version import ContentVersion
from directory.models.correction import Correction, CorrectionStatus
from directory.models.date_precision import DatePrecision
from directory.models.former_slug import FormerSlug
from directory.models.guide import Guide, GuideSection, RelatedResource, ResourceKind
from directory.models.key_fact import KeyFact
from directory.models.loaded_record import LoadedRecord
from directory.models.membership import Membership
from directory.models.network import (
    Network,
    NetworkFeature,
    NetworkFigure,
    NetworkSection,
    Qualifier,
)
from directory.models.network_answer import NetworkAnswer, Question
from directory.models.news import NewsItem
from directory.models.partner import Partner, PartnerKind, Partnership
from directory.models.priority import Basis, CityPriority, Icon, Priority
from directory.models.publication import Status
from directory.models.search_entry import SearchEntry
from directory.models.source import Source, SourceKind
from directory.models.upload import Upload

# What others belong to comes first.
CONTENT = (
    Source,
    Priority,
    Network,
    Partner,
    City,
    Guide,
    NewsItem,
    CitySection,
    KeyFact,
    CityPriority,
    Membership,
    Partnership,
    NetworkSection,
    NetworkFeature,
    NetworkFigure,
    NetworkAnswer,
    GuideSection,
    RelatedResource,
)
HISTORY = (*CONTENT, FormerSlug)
for model in HISTORY:
    keep_history(model)

__all__ = [
    "CONTENT",
    "HISTORY",
    "Basis",
    "Change",
    "City",
    "CityPriority",
    "CitySection",
    "ContentVersion",
    "Correction",
    "CorrectionStatus",
    "DatePrecision",
    "FormerSlug",
    "Guide",
    "GuideSection",
    "Icon",
    "KeyFact",
    "LabelSide",
    "LoadedRecord",
    "Membership",
    "Nation",
    "Network",
    "NetworkAnswer",
    "NetworkFeature",
    "NetworkFigure",
    "NetworkSection",
    "NewsItem",
    "Partner",
    "PartnerKind",
    "Partnership",
    "Priority",
    "Qualifier",
    "Question",
    "RelatedResource",
    "ResourceKind",
    "SearchEntry",
    "Source",
    "SourceKind",
    "Status",
    "Upload",
]
