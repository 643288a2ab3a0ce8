using Microsoft.Extensions.DependencyInjection;
using Relais.Commands;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>System B's bot as the demo has it, run here: menu, appointment, brochure, advisor; nothing of Twilio Studio.</summary>
public sealed class ShowroomFlow
{
    [Theory, OnEveryDatabase]
    public async Task An_appointment_is_made_on_both_channels_and_the_rest_stays_with_the_AI_agent(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var flow = await Filled(relais, desk);
        foreach (var (number, from) in new[] { (relais.Meta, "+212600000071"), (relais.Twilio, "+212600000072") })
        {
            var chat = relais.Chat(number, from);
            await chat.Asks("Quels sont vos horaires d'ouverture ?", "9 h");
            await chat.Asks("Mercedes", "Bienvenue chez Étoile Motors");
            await chat.Asks("zéro", "Je n'ai pas reconnu ce choix");
            await chat.Asks("3", "déjà client");
            await chat.Asks("oui", "nom et prénom");
            await chat.Asks("Sara El Amrani", "Merci Sara.");
            await chat.Asks("pas une adresse", "ne semble pas complète");
            await chat.Asks("Sara@Exemple.MA", "Quel jour");
            await chat.Asks("2020-01-01", "déjà passée");
            await chat.Hears("Quel jour");
            await chat.Asks("25/03/2099", "le 25/03/2099 au nom de Sara El Amrani (sara@exemple.ma)");
            await chat.Asks("1", "nous vous attendons le 25/03/2099");
            await chat.HearsNoMore();
            (await chat.Assignee()).ShouldBe(2, "the flow is over, the AI agent has it again");
        }

        (await relais.Facts.Count("SELECT count(*) FROM contact WHERE is_client = 1")).ShouldBe(2);
        var done = (await desk.Get($"/api/flows/{flow}/executions")).Ok().Body.GetProperty("items").EnumerateArray().ToList();
        done.Select(e => e.Text("status")).ShouldBe(["completed", "completed"]);
    }

    [Theory, OnEveryDatabase]
    public async Task The_brochure_comes_as_a_document_and_an_advisor_takes_over(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Filled(relais, desk);
        var chat = relais.Chat(relais.Meta, "+212600000073");
        await chat.Asks("menu", "Étoile Motors");
        await chat.Asks("4", "brochure");
        await chat.Hears("Souhaitez-vous autre chose");
        chat.Answers.Select(a => a.Type).ShouldContain("document");
        await chat.Asks("menu", "Étoile Motors");
        await chat.Asks("5", "Un conseiller prend la suite");
        await chat.HearsNoMore();
        (await chat.Assignee()).ShouldBe(5);
        (await desk.Conversation(await desk.ConversationWith(chat.Phone))).Text("handoff_reason").ShouldBe("demande_conseiller");

        var arabic = relais.Chat(relais.Meta, "+212600000074");
        await arabic.Asks("ما هي ساعات العمل؟", "من التاسعة");
        await arabic.Asks("قائمة", "مرحباً بكم في إيتوال موتورز");
        await arabic.Asks("٢", "ميزانيتكم");
        await arabic.Asks("٢٥٠٠٠٠", "250000");
    }

    /// <summary>Both samples are in, the native one published, the other one readable without a problem; its tests pass.</summary>
    private static async Task<long> Filled(RelaisHost relais, DeskClient desk)
    {
        await relais.Services.GetRequiredService<SampleFlows>().Fill(desk.TenantId, TestContext.Current.CancellationToken);
        await relais.Services.GetRequiredService<SampleFlows>().Fill(desk.TenantId, TestContext.Current.CancellationToken);
        var flows = (await desk.Get("/api/flows")).Ok().Body.GetProperty("items").EnumerateArray().ToList();
        flows.Select(f => (f.Text("name"), f.Text("status"))).ShouldBe([("Showroom", "published"), ("Showroom (Twilio Studio)", "draft")]);
        foreach (var flow in flows)
        {
            var report = (await desk.Get($"/api/flows/{flow.Text("id")}")).Ok().Body.GetProperty("report");
            report.GetProperty("can_run").GetBoolean().ShouldBeTrue(report.ToString());
            report.GetProperty("problems").EnumerateArray().Select(p => p.ToString()).ShouldBeEmpty();
        }

        var id = long.Parse(flows[0].Text("id"));
        (await desk.Get($"/api/flows/{id}/tests")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(2);
        (await desk.Post($"/api/flows/{id}/publish", new { note = "Encore" })).Ok();
        return id;
    }
}
