using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Standing;
using Relais.Tenants.Rights;

namespace Relais.Tenants.People;

/// <summary>The people of a tenant: everyone in it sees whom a conversation can be given to, admins and owners invite and change them.</summary>
internal static class PeopleApi
{
    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        var agents = app.MapGroup("/api/agents").WithTags("Agents");
        agents.MapGet("", List).RequireAuthorization(Policies.Agent).WithName("ListAgents").WithSummary("Who can sign in to this tenant")
            .WithDescription("With all=true also those who were invited and those who are disabled.")
            .Produces<Page<AgentAnswer>>().ProducesProblem(400).ProducesProblem(401);
        agents.MapPost("", Invite).RequireAuthorization(Policies.Admin).WithName("InviteAgent").WithSummary("Invite somebody")
            .WithDescription("Makes a one-time link with which they choose a password. Relais sends no mail with it: give it to them yourself.")
            .Accepts<NewPerson>("application/json").Produces<InvitedAnswer>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
        agents.MapPatch("/{id:long}", Change).RequireAuthorization(Policies.Admin).WithName("ChangeAgent")
            .WithSummary("Change somebody's role or name, shut them out or let them in again")
            .Accepts<PersonChange>("application/json").Produces<AgentAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query, bool all = false)
    {
        if (query.Read(PageQuery.MaxLimit, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => PeopleStore.Page(tx, who.Tenant, all, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return TypedResults.Ok(Page.Of(rows, limit, m => new Cursor(m.AgentId, m.AgentId), AgentAnswer.Of));
    }

    private static async Task<IResult> Invite(HttpContext http, SignedIn who, InvitationLinks links, Idempotency idempotency, Ids ids, Clock clock)
    {
        var (bytes, asked) = await ApiBody.Read<NewPerson>(http.Request);
        var role = asked.Role ?? Roles.Agent;
        if (EmailAddress.Parse(asked.Email) is not { } email)
        {
            return Problems.Invalid400("email", EmailAddress.Hint);
        }

        var (nobody, given) = OwnRights.OfInvited(role, asked);
        if ((WrongRole(who, role) ?? OwnRights.Refused(who, nobody, given)) is { } refused)
        {
            return refused;
        }

        var own = OwnRights.After(nobody, given);
        var now = clock.Micros;
        var range = await ids.Take(2, http.RequestAborted);
        var agent = new Agent { Id = range.Next(), Email = email, Name = TenantNames.Clean(asked.Name) ?? email.Split('@')[0], CreatedAt = now };
        var (link, invitation) = links.Make(http, who, range.Next(), agent.Id);
        var shown = AgentAnswer.Of(new Person
        {
            AgentId = agent.Id, Name = agent.Name, Email = email, Role = role, InvitedUntil = invitation.ExpiresAt, OwnRights = own.Rights, OwnSees = own.Sees,
        });
        return await idempotency.OnceInDirectory(http, who, "POST /api/agents", bytes, async tx =>
        {
            if (await StandingStore.IsFullOfAgents(tx, who.Tenant))
            {
                return (409, Problems.AgentLimit);
            }

            if (!await AgentStore.Insert(tx, agent))
            {
                return (409, Problems.EmailTaken);
            }

            await AgentStore.Join(tx, new Membership { TenantId = who.Tenant, AgentId = agent.Id, Role = role, Name = agent.Name, Email = email, CreatedAt = now });
            await PeopleStore.SetRights(tx, who.Tenant, agent.Id, own.Rights, own.Sees);
            await PeopleStore.SetInvited(tx, who.Tenant, agent.Id, invitation.ExpiresAt);
            await InvitationStore.Replace(tx, invitation);
            return (201, new ToldOnce(new InvitedAnswer(shown, null), new InvitedAnswer(shown, link)));
        });
    }

    private static async Task<IResult> Change(
        HttpContext http, SignedIn who, Database database, Idempotency idempotency, Sessions sessions, ChangeLog changes, Ids ids, Clock clock, long id)
    {
        var (bytes, asked) = await ApiBody.Read<PersonChange>(http.Request);
        var left = asked.Disabled == true
            ? await database.Read(Scope.Tenant(who.Tenant), tx => LeavingStore.Count(tx, who.Tenant, id), http.RequestAborted) : 0;

        // Some to spare, for those that are given to them in between; a desk sees any beyond that when it next asks.
        var range = await ids.Take((int)left + 20, http.RequestAborted);
        var now = clock.Micros;
        var answer = await idempotency.Once(http, who, $"PATCH /api/agents/{id}", bytes, async tx =>
        {
            range.Rewind();
            if (await PeopleStore.Find(tx, who.Tenant, id) is not { } person)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (await Refused(tx, who, person, asked) is { } refused)
            {
                return (403, refused);
            }

            if (asked.Disabled == false && person.DisabledAt is not null && await StandingStore.IsFullOfAgents(tx, who.Tenant))
            {
                return (409, Problems.AgentLimit);
            }

            var (role, name) = (asked.Role ?? person.Role, TenantNames.Clean(asked.Name) ?? person.Name);
            var disabledAt = asked.Disabled switch { true => person.DisabledAt ?? now, false => null, _ => person.DisabledAt };
            await PeopleStore.Change(tx, who.Tenant, id, name, role, disabledAt);
            var own = OwnRights.After(person, asked);
            await PeopleStore.SetRights(tx, who.Tenant, id, own.Rights, own.Sees);
            if (disabledAt is not null)
            {
                await PeopleStore.EndSessions(tx, who.Tenant, id, now);
                var conversations = await LeavingStore.GiveBack(tx, who.Tenant, id, now);
                await changes.Append(tx, [.. conversations.Take((int)range.Remaining).Select(c =>
                    new Change(range.Next(), who.Tenant, "conversation.updated", c.Id, null, c.InboxId, now))]);
            }

            return (200, AgentAnswer.Of((await PeopleStore.Find(tx, who.Tenant, id))!));
        });
        sessions.Forget(id);
        return answer;
    }

    private static async Task<IResult?> Refused(Tx tx, SignedIn who, Person person, PersonChange asked)
    {
        if (asked is { Role: null, Name: null, Disabled: null, Rights: null, Sees: null })
        {
            return Problems.Invalid400("role", "Name what changes: role, name, disabled, rights, sees.");
        }

        if (WrongRole(who, asked.Role ?? person.Role) is { } wrong)
        {
            return wrong;
        }

        if (person.Role == Roles.Owner && who.Role != Roles.Owner)
        {
            return Problems.Refuse(Problems.Forbidden, "Only owners change owners.");
        }

        if (OwnRights.Refused(who, person, asked) is { } beyond)
        {
            return beyond;
        }

        if (asked.Disabled == true && person.AgentId == who.AgentId)
        {
            return Problems.Refuse(Problems.Forbidden, "Nobody shuts themselves out: ask another admin.");
        }

        var losesOwner = person is { Role: Roles.Owner, State: "active" } && (asked.Disabled == true || asked.Role is Roles.Admin or Roles.Agent);
        return losesOwner && !await PeopleStore.HasOtherOwner(tx, who.Tenant, person.AgentId) ? Problems.Refuse(Problems.LastOwner) : null;
    }

    private static IResult? WrongRole(SignedIn who, string role) =>
        role is not (Roles.Owner or Roles.Admin or Roles.Agent) ? Problems.Invalid400("role", "role is one of owner, admin, agent.")
        : role == Roles.Owner && who.Role != Roles.Owner ? Problems.Refuse(Problems.Forbidden, "Only owners make owners.")
        : null;
}
