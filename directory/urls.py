"""Every public URL."""

from django.urls import path

from directory.views import (
    city,
    correction,
    guide,
    home,
    network,
    news,
    partner,
    priority,
    search,
    site,
    sitemap,
    source,
)

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("cities/", city.CityListView.as_view(), name="city_list"),
    path("cities/<slug:slug>/", city.CityDetailView.as_view(), name="city_detail"),
    path("cities/<slug:slug>/correction/", correction.CorrectionView.as_view(), name="city_correction"),
    path("corrections/<slug:token>/", correction.ReceiptView.as_view(), name="correction_receipt"),
    path("priorities/", priority.PriorityListView.as_view(), name="priority_list"),
    path("priorities/<slug:slug>/", priority.PriorityDetailView.as_view(), name="priority_detail"),
    path("partners/", partner.PartnerListView.as_view(), name="partner_list"),
    path("partners/<slug:slug>/", partner.PartnerDetailView.as_view(), name="partner_detail"),
    path("networks/", network.NetworkListView.as_view(), name="network_list"),
    path("networks/<slug:slug>/", network.NetworkDetailView.as_view(), name="network_detail"),
    path("guides/", guide.GuideListView.as_view(), name="guide_list"),
    path("guides/<slug:slug>/", guide.GuideDetailView.as_view(), name="guide_detail"),
    path("news/", news.NewsListView.as_view(), name="news_list"),
    path("news/<slug:slug>/", news.NewsDetailView.as_view(), name="news_detail"),
    path("search/", search.SearchView.as_view(), name="search"),
    path("sources/", source.SourceListView.as_view(), name="source_list"),
    path("about/", site.AboutView.as_view(), name="about"),
    path("accessibility/", site.AccessibilityView.as_view(), name="accessibility"),
    path("privacy/", site.PrivacyView.as_view(), name="privacy"),
    path("robots.txt", site.RobotsView.as_view(), name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
]
