using Relais.Foundation;
using Relais.Tenants.Rights;

namespace Relais.Tenants.People;

/// <summary>
/// Who may give whom which rights. Two rules keep anybody from gaining by it: nobody gives, or acts on somebody who has, what they do
/// not have themselves; and nobody changes their own.
/// </summary>
internal static class OwnRights
{
    /// <summary>True when this person has nothing that the other lacks.</summary>
    public static bool Reaches(SignedIn who, Person person) =>
        who.Contacts is null && who.Rights.Includes(person.Rights) && (who.Sees == Sees.All || person.Sees >= who.Sees);

    /// <summary>What is kept after the change; null: the role's rights, everything seen.</summary>
    public static (string? Rights, string? Sees) After(Person person, PersonChange asked)
    {
        var role = asked.Role ?? person.Role;
        if (role == Roles.Owner)
        {
            return (null, null);
        }

        var rights = asked.Rights is { } words ? Kept(RightSet.Read(words).Known, role)
            : asked.Role is not null && asked.Role != person.Role ? null : person.OwnRights;
        return (rights, asked.Sees is { } sees ? (sees == "all" ? null : sees) : person.OwnSees);
    }

    /// <summary>
    /// An invitation as a change of somebody who may and sees nothing yet, so that one rule holds for both: what is left out is what
    /// the role includes, and everything seen.
    /// </summary>
    public static (Person Nobody, PersonChange Given) OfInvited(string role, NewPerson asked) => role == Roles.Owner
        ? (new Person { Role = role }, new PersonChange(null, null, null, asked.Rights, asked.Sees))
        : (new Person { Role = role, OwnRights = "", OwnSees = SeesWords.Of(Sees.Mine) },
            new PersonChange(null, null, null, asked.Rights ?? RightSet.OfRole(role).ToList(), asked.Sees ?? SeesWords.Of(Sees.All)));

    /// <summary>Null when the change may be made as far as rights go.</summary>
    public static IResult? Refused(SignedIn who, Person person, PersonChange asked)
    {
        if (asked.Rights is { } words && RightSet.Read(words).Unknown is { } unknown)
        {
            return Problems.Invalid400("rights", $"{unknown} is not a right. They are {string.Join(", ", RightSet.Words)}.");
        }

        if (asked.Sees is { } sees && SeesWords.Read(sees) is null)
        {
            return Problems.Invalid400("sees", "sees is one of all, teams, mine.");
        }

        var role = asked.Role ?? person.Role;
        if (role == Roles.Owner && (asked.Rights is not null || asked.Sees is not (null or "all")))
        {
            return Problems.Invalid400("rights", "Owners have every right and see everything. Make them admin or agent to give single rights.");
        }

        if (person.AgentId == who.AgentId && (asked.Rights is not null || asked.Sees is not null))
        {
            return Problems.Refuse(Problems.Forbidden, "Nobody changes their own rights: ask another admin.");
        }

        var after = After(person, asked);
        var becomes = new Person { Role = role, OwnRights = after.Rights, OwnSees = after.Sees };
        return Reaches(who, person) && Reaches(who, becomes) ? null
            : Problems.Refuse(Problems.Forbidden, "Nobody gives or takes a right that they do not have.");
    }

    private static string? Kept(RightSet rights, string role) => rights == RightSet.OfRole(role) ? null : rights.ToString();
}
