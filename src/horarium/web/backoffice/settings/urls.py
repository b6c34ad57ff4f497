from django.urls import URLPattern, URLResolver, path

from . import business, keys, locations, members, others, rules

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/", business.edit, name="settings"),
    path("settings/contrast/", business.contrast, name="settings_contrast"),
    path("settings/locations/", locations.show_locations, name="settings_locations"),
    path("settings/locations/new/", locations.new, name="settings_location_new"),
    path("settings/locations/<str:location_id>/", locations.edit, name="settings_location"),
    path("settings/rules/", rules.edit, name="settings_rules"),
    path("settings/members/", members.show_members, name="settings_members"),
    path("settings/members/invite/", members.invite, name="settings_invite"),
    path(
        "settings/members/invited/<str:invitation_id>/", members.show_invitation, name="settings_invitation"
    ),
    path(
        "settings/members/invited/<str:invitation_id>/withdraw/", members.withdraw, name="settings_withdraw"
    ),
    path("settings/members/<str:member_id>/", members.edit, name="settings_member"),
    path("settings/members/<str:member_id>/remove/", members.remove, name="settings_member_remove"),
    path("settings/keys/", keys.show_keys, name="settings_keys"),
    path("settings/keys/new/", keys.new, name="settings_key_new"),
    path("settings/keys/<str:key_id>/revoke/", keys.revoke, name="settings_key_revoke"),
    path("settings/widget/", others.show_widget, name="settings_widget"),
    path("settings/payments/", others.payments, name="settings_payments"),
    path("settings/profile/", others.profile, name="settings_profile"),
]
