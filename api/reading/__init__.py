"""The visitors' fast way through the API: answers that were rendered when the register changed, and ids from the ties.

Everything here gives the same bytes as the ordinary way (serializers over the QuerySets), only sooner, and steps aside
for whatever it does not know. `cards` keeps rendered records, `staleness` throws away what a change made wrong,
`names` holds the organizations that cards mention, and `middleware` answers the commonest questions.
"""
