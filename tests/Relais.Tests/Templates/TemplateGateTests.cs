using Relais.Channels;
using Relais.Templates;
using Relais.Tests.Support;
using Shouldly;
using Xunit;
using Scope = Relais.Storage.Scope;

namespace Relais.Tests.Templates;

/// <summary>What the send gate learns of a template.</summary>
public sealed class TemplateGateTests
{
    [Theory, OnEveryDatabase]
    public async Task An_approved_template_with_its_values_is_ready(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        await Insert(business, SomeTemplate.Stored(SomeTemplate.Order, id: 100, category: "utility"));
        var ready = (await Resolve(business, "order_confirmation", "fr", ("1", "CMD-7"), ("2", "12 €"))).ShouldBeOfType<TemplateDecision.Ready>();
        ready.Category.ShouldBe("utility");
        ready.Content.Shown.ShouldBe("Votre commande CMD-7 est confirmée. Total : 12 €. Merci !");
    }

    [Theory, OnEveryDatabase]
    public async Task A_refusal_says_why_and_what_could_be_sent_instead(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        await Insert(
            business, SomeTemplate.Stored(SomeTemplate.Order, id: 100),
            SomeTemplate.Stored(SomeTemplate.Order, id: 101, name: "welcome_message", status: "pending"),
            SomeTemplate.Stored(SomeTemplate.Order with { Unsupported = ["carousel"] }, id: 102, name: "promo", language: "en_US"),
            SomeTemplate.Stored(SomeTemplate.Order, id: 103, name: "other_tenants", tenant: Business.OtherTenant),
            SomeTemplate.Stored(SomeTemplate.Order, id: 104, name: "other_account", connection: 2));
        await Refused(business, "nothing", "fr", "template_unknown", "no template named nothing");
        await Refused(business, "other_tenants", "fr", "template_unknown", "no template named");
        await Refused(business, "other_account", "fr", "template_unknown", "no template named");
        await Refused(business, "order_confirmation", "ar", "template_unknown", "only in fr");
        await Refused(business, "welcome_message", "fr", "template_not_approved", "pending");
        await Refused(business, "promo", "en", "template_not_supported", "carousel");
        await Refused(business, "order_confirmation", "fr", "template_variables_missing", "{{2}}", ("1", "a"));
        await Refused(business, "order_confirmation", "fr", "template_variables_superfluous", "{{3}}", ("1", "a"), ("2", "b"), ("3", "c"));
        await Refused(business, "order_confirmation", "fr", "template_variables_invalid", "1024", ("1", new string('x', 1200)), ("2", "b"));
        var usable = await business.Database.Read(Scope.Pipeline, tx => TemplateGate.Usable(tx, Business.Tenant, Business.Inbox));
        usable.Select(t => t.Name).ShouldBe(["order_confirmation", "promo"]);
        usable[0].Variables.ShouldBe(["body.1", "body.2"]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_language_stands_in_for_its_only_relative_and_for_no_other(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        await Insert(
            business, SomeTemplate.Stored(SomeTemplate.Order, id: 100, language: "en_US"), SomeTemplate.Stored(SomeTemplate.Order, id: 101, language: "pt_BR"),
            SomeTemplate.Stored(SomeTemplate.Order, id: 102, language: "pt_PT"));
        var ready = (await Resolve(business, "order_confirmation", "en", ("1", "a"), ("2", "b"))).ShouldBeOfType<TemplateDecision.Ready>();
        ready.Content.Language.ShouldBe("en_US");
        (await Resolve(business, "order_confirmation", "pt-BR", ("1", "a"), ("2", "b"))).ShouldBeOfType<TemplateDecision.Ready>().Content.Language.ShouldBe("pt_BR");
        (await Resolve(business, "order_confirmation", "pt", ("1", "a"), ("2", "b"))).ShouldBeOfType<TemplateDecision.Refused>();
    }

    private static async Task Refused(Business business, string name, string language, string code, string words, params (string, string)[] values)
    {
        var refused = (await Resolve(business, name, language, values)).ShouldBeOfType<TemplateDecision.Refused>();
        refused.Code.ShouldBe(code);
        refused.Reason.ShouldContain(words);
        refused.Usable.Select(t => t.Name).ShouldContain("order_confirmation");
    }

    private static Task<TemplateDecision> Resolve(Business business, string name, string language, params (string, string)[] values) =>
        business.Database.Read(Scope.Pipeline, tx => TemplateGate.Resolve(
            tx, Business.Tenant, Business.Inbox, new OutboundContent.Template(name, language) { Body = values.Length == 0 ? null : SomeTemplate.Values(values) }));

    private static Task Insert(Business business, params StoredTemplate[] templates) => business.Database.Write(Scope.Pipeline, async tx =>
    {
        foreach (var template in templates)
        {
            await TemplateStore.Insert(tx, template);
        }
    });
}
