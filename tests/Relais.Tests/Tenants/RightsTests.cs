using FsCheck;
using FsCheck.Fluent;
using Relais.Tenants;
using Relais.Tenants.People;
using Relais.Tenants.Rights;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

/// <summary>Single rights without a server: the sets, the table of routes, and who may give whom what.</summary>
public sealed class RightsTests
{
    private static Arbitrary<RightSet> AnySet => Arb.From(Gen.Choose(0, RightSet.All.Bits).Select(bits => new RightSet(bits)));

    [Fact]
    public void A_set_is_read_as_it_was_written() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(AnySet, set =>
        RightSet.Parse(set.ToString()) == set && RightSet.Read(set.ToList()) == (set, null)));

    [Fact]
    public void A_word_nobody_knows_gives_nothing()
    {
        RightSet.Parse("answer everything").ShouldBe(RightSet.Of(Right.Answer));
        RightSet.Read(["answer", "everything"]).Unknown.ShouldBe("everything");
        SeesWords.Stored("cousins").ShouldBe(Sees.Mine);
    }

    [Fact]
    public void Nobody_makes_anybody_stronger_than_themselves() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(AnySet, AnySet, AnySet, (own, theirs, given) =>
    {
        // Half of them would be refused by chance alone: each is tried against the one who has everything besides.
        var isAllowed = OwnRights.Refused(As(own), new Person { AgentId = 2, Role = Roles.Agent, OwnRights = theirs.ToString() }, Give(given)) is null;
        var byAll = OwnRights.Refused(As(own.Plus(theirs).Plus(given)), new Person { AgentId = 2, Role = Roles.Agent, OwnRights = theirs.ToString() }, Give(given)) is null;
        return byAll && isAllowed == (own.Includes(theirs) && own.Includes(given));

        static PersonChange Give(RightSet set) => new(null, null, null, set.ToList());

        static SignedIn As(RightSet set) => new(1, 1, "", "", 1, "", Roles.Admin, false, "fr", false) { Rights = set };
    }));

    /// <summary>What this keeps: whoever has no rights of their own is let in exactly where their role was before there were any.</summary>
    [Fact]
    public async Task Every_route_lets_in_by_single_rights_whom_its_policy_names()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        var routes = Routes.Of(relais).Where(r => r.Who is Policies.Agent or Policies.Admin).ToList();
        routes.Count.ShouldBeGreaterThan(100);
        foreach (var route in routes)
        {
            var need = RouteRights.Of(route.Method, route.Path, route.Who == Policies.Admin);
            need.IsMetBy(As(Roles.Agent)).ShouldBe(route.Who == Policies.Agent, $"{route.Method} {route.Path} for agents");
            need.IsMetBy(As(Roles.Admin)).ShouldBeTrue($"{route.Method} {route.Path} for admins");
        }

        static SignedIn As(string role) => new(1, 1, "", "", 1, "", role, false, "fr", false) { Rights = RightSet.OfRole(role) };
    }

    [Fact]
    public void A_route_needs_the_right_of_its_longest_line()
    {
        RouteRights.Of("GET", "/api/contacts/export", isForAdmins: true).AnyOf.ShouldBe(RightSet.Of(Right.Export));
        RouteRights.Of("DELETE", "/api/contacts/{id:long}", isForAdmins: true).AnyOf.ShouldBe(RightSet.Of(Right.Erase));
        RouteRights.Of("GET", "/api/contacts", isForAdmins: false).AnyOf.ShouldBe(RightSet.Of(Right.Conversations));
        RouteRights.Of("PUT", "/api/ai/models", isForAdmins: true).AnyOf.ShouldBe(RightSet.Of(Right.Models));
        RouteRights.Of("POST", "/api/new-thing", isForAdmins: true).AnyOf.ShouldBe(RightSet.Of(Right.Settings));
    }
}
