"""Counts and sums by group, for all that the lists can be asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.response import Response
from rest_framework.views import APIView

from api.citing import CitedView
from api.commas import CommaListsMixin
from api.errors import BadQuestion
from api.filters import FORMAT
from api.stats import answer
from api.stats_schema import StatsSchema
from partnerships import reporting
from partnerships.filters import ONCE, nearest, refusal

OF, GROUP_BY = "of", "group_by"


class StatsView(CommaListsMixin, CitedView, APIView):
    """Counts of any noun by up to three dimensions, and sums of contributions and indicators.

    Takes `of`, `group_by`, and every filter of that noun's list, with the same meaning and the same errors.

    **A sum explains itself.** Currencies are never added to each other, nor pledges to commitments or disbursements, nor
    goods to money: each is a sum of its own. With it comes how many contributions are in it (`summed`); `left_out` says how
    many are in none, and why: `no_amount`, or an `other_currency` than those that `currency` names. So `count` is always all
    that is `summed` and all that is `left_out`. Amounts are exact, and strings.

    **Nothing is counted twice.** A contribution of several funders (or in several countries) is in a group of its own, which
    names them all, joined by “ + ”, and is marked `shared`: its amount is not split, and in no other group. Indicators are
    grouped alike; their latest `baseline`, `target` and `actual` are added within one unit. Other nouns are only counted,
    and a record with several values counts in each of their groups; `total.count` counts it once.

    - What did the European Union give, by year and funder? `/stats/?of=contributions&partner=eu&group_by=year,funder`
    - In euros only: `/stats/?of=contributions&partner=eu&group_by=year,funder&currency=EUR`
    - How many agreements were in force in each year? `/stats/?of=agreements&group_by=year`
    - How many projects in each country have which status? `/stats/?of=projects&group_by=country,status`
    """

    schema = StatsSchema()
    nouns = {}  # the word in the address -> its viewset

    def get(self, request):
        errors = {}
        word = self.read(OF, errors, self.read_noun)
        if errors:
            raise BadQuestion(errors)
        viewset = self.nouns[word]
        names = self.read(GROUP_BY, errors, lambda text: self.read_dimensions(text, viewset.model)) or []
        question = self.question = self.narrowed(viewset, request.query_params)
        if errors := errors | (question.errors.as_data() if not question.is_valid() else {}):
            raise BadQuestion(errors)
        groups = self.grouped(viewset, question, names)
        head = {OF: word, GROUP_BY: names, "citation": self.citation()}
        return Response(head | answer(groups, reporting.measure_of(viewset.model)))

    def read(self, name, errors, meaning):
        """The meaning of a parameter; what is wrong with it goes into `errors`."""
        values = self.request.query_params.getlist(name)
        try:
            if len(values) > 1:
                raise refusal(ONCE)
            return meaning(values[0] if values else "")
        except ValidationError as error:
            errors[name] = error

    def read_noun(self, word):
        if word not in self.nouns:
            message = _("Say what is counted. Possible are: %s.") % ", ".join(self.nouns)
            raise refusal(message, nearest(word, self.nouns))
        return word

    def read_dimensions(self, text, model):
        return reporting.read_names(text, reporting.dimensions_for_groups(model), reporting.MOST_DIMENSIONS)

    def narrowed(self, viewset, parameters):
        visible = viewset.model.objects.visible_to(self.request.user)
        return viewset.filterset_class(
            parameters, visible, request=self.request, also={FORMAT, OF, GROUP_BY}, without={"ordering"}
        )

    def grouped(self, viewset, question, names):
        """Groups of the question. The currency does not narrow it: what is left out for its currency is told."""
        only = None
        if reporting.measure_of(viewset.model) and (codes := question.form.cleaned_data.get("currency")):
            only = {code.upper() for code in codes}
            parameters = self.request.query_params.copy()
            del parameters["currency"]
            question = self.narrowed(viewset, parameters)
            question.is_valid()
        return reporting.grouped(question.qs, names, self.request.user, question.on, only)
