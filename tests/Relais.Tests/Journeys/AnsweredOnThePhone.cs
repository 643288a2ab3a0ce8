using System.Text;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>The shop owner answers from the phone in their pocket: it is in the conversation, and the bot stays silent.</summary>
public sealed class AnsweredOnThePhone
{
    [Theory, OnEveryDatabase]
    public async Task What_the_business_writes_on_its_own_phone_silences_the_bot(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110095");
        await phone.Say(relais.Meta, "Bonjour");
        await phone.Receives(relais.Meta, 1);
        var id = await desk.ConversationWith(phone);

        // Twice, as Meta repeats what it is not sure of.
        (await phone.SendRaw(relais.Meta, Echo(relais, "33611110095", "wamid.ECHO1", "Je m'en occupe, à tout de suite."))).Taken.ShouldBeTrue();
        (await phone.SendRaw(relais.Meta, Echo(relais, "33611110095", "wamid.ECHO1", "Je m'en occupe, à tout de suite."))).Taken.ShouldBeTrue();
        var words = await desk.MessageThat(id, m => m.Text("provider_id") == "wamid.ECHO1", "the words of the phone are there");
        (words.Text("author"), words.Text("status"), words.Text("content")).ShouldBe(("concierge", "sent", "Je m'en occupe, à tout de suite."));
        var taken = await desk.Conversation(id);
        (taken.Text("assignee"), taken.Text("status")).ShouldBe(("agent", "transferred"));

        await phone.Say(relais.Meta, "Où est ma commande TRK123456 ?");
        await relais.Settled();
        await Task.Delay(PhoneScreen.Silence);
        phone.Received(relais.Meta).Count.ShouldBe(1, "a person has it");
        (await desk.Messages(id)).Count(m => m.Text("provider_id") == "wamid.ECHO1").ShouldBe(1);

        (await desk.Act(id, "release")).Ok();
        await phone.Receives(relais.Meta, 2);
    }

    [Theory, OnEveryDatabase]
    public async Task It_may_be_the_first_word_to_a_customer_nobody_knows(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110096");
        (await phone.SendRaw(relais.Meta, Echo(relais, "33611110096", "wamid.ECHO2", "Votre colis est prêt."))).Taken.ShouldBeTrue();
        var id = await desk.ConversationWith(phone);
        (await desk.Conversation(id)).Text("assignee").ShouldBe("agent");
        (await desk.Messages(id)).ShouldHaveSingleItem().Text("content").ShouldBe("Votre colis est prêt.");
    }

    internal static byte[] Echo(RelaisHost relais, string to, string id, string text, long? at = null) => Encoding.UTF8.GetBytes($$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"{{{relais.Meta.Account}}}","changes":[{"field":"smb_message_echoes","value":{
        "messaging_product":"whatsapp","metadata":{"display_phone_number":"33100000001","phone_number_id":"{{{relais.Meta.Address}}}"},
        "message_echoes":[{"from":"33100000001","to":"{{{to}}}","id":"{{{id}}}","timestamp":"{{{at ?? (relais.Clock.Micros / 1_000_000)}}}","type":"text","text":{"body":"{{{text}}}"}}]}}]}]}
        """);
}
