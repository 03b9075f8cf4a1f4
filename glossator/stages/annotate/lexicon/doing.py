"""The verbs by which texts tell what a thing is for, and what somebody does or did."""

from __future__ import annotations

PRESENT = frozenset(
    """accepts acts adds aims allows analyses analyzes applies appears automates belongs blends boasts breaks brings
    builds calls captures carries celebrates centers centres combines comes comprises connects consists contains
    contributes converts costs covers creates deals delivers depicts describes designs detects develops distributes
    earns employs enables encourages ensures examines excels exists explains explores extends faces features finds
    focuses follows forms functions generates gives goes grows handles helps holds hosts houses identifies implements
    improves includes integrates introduces investigates invests keeps lasts leads lets lies links lists lives makes
    manages manufactures marks matches means measures mixes monitors needs occupies offers opens operates organises
    organizes owns packs pairs performs plays powers presents prevents prints produces promises promotes protects
    provides publishes puts raises ranges ranks reaches recognises recognizes records reduces refers relies replaces
    represents requires researches returns reviews rises runs scans schedules seeks sells sends serves ships showcases
    shows simplifies sits solves spans specialises specializes spends sponsors stands stars starts stores streamlines
    studies suits supplies supports syncs takes teaches tells tracks trades trains transforms translates treats turns
    uses visualises visualizes weighs works writes""".split()
)
"""Verbs in the present by which a text tells what a thing is for or what somebody does."""

PAST = frozenset(
    """acquired appeared authored became bought broke built captained chaired championed co-authored co-created
    co-founded co-wrote coined commanded completed composed conquered created defeated defended designed developed
    directed discovered earned edited entered established finished founded fought graduated guided headed helped held
    hosted illustrated introduced invented joined launched led made managed married moved opened organised organized
    oversaw owned painted performed photographed pioneered played pleaded presided produced promoted published
    ran received recorded released represented resigned retired ruled sang scored served signed sold sponsored starred
    started studied succeeded supervised taught took trained translated underwent won worked wrote""".split()
)
"""Verbs in the past by which a text tells what somebody did."""
