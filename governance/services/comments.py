"""What members say of a follow-up while the group reads it."""

from governance.models import Act, FollowUp, FollowUpComment, FollowUpSection, User
from governance.services.acts import act
from governance.services.followups import lock_followup


def comment(
    *, user: User, followup: FollowUp, text: str, section: FollowUpSection | None = None
) -> Act:
    """Say something of the follow-up, or of one section; only while it is *hos styrgruppen*."""
    with act(user=user, verb=Act.Verb.COMMENT, agreement=followup.group.agreement) as done:
        followup = lock_followup(followup, Act.Verb.COMMENT)
        said = FollowUpComment(followup=followup, section=section, user=user, text=text.strip())
        said.full_clean()
        said.save()
        done.groups.add(followup.group)
        done.summary = f"Uppföljningen {followup.year} för {followup.group.name} kommenterades."
    return done
