"""Whose address is this?"""

from django.contrib.auth import get_user_model


def people_at(address):
    """The active users with this e-mail address, in whatever case it is written.

    Databases think that some letters of other alphabets are capitals of ours (“ı” and “I”): whoever owns such an address
    must not be taken for somebody else, so only plain letters may differ.
    """
    found = get_user_model().objects.filter(email__iexact=address, is_active=True) if address else ()
    return [user for user in found if user.email == address or _is_same_in_plain_letters(user.email, address)]


def _is_same_in_plain_letters(one, other):
    return one.isascii() and other.isascii() and one.lower() == other.lower()
