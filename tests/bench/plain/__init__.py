"""The same register served as a textbook of Django REST framework would do it: nested serializers, prefetch, django-filter."""
