using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relais.Simulator.Studio;

/// <summary>System B's two flows.</summary>
internal enum StudioOption
{
    /// <summary>Asks the desk who has the conversation, and is silent while it is a person.</summary>
    AgentMode,

    /// <summary>Never asks: goes on whatever the desk says.</summary>
    Simple,
}

/// <param name="Path">/api/twilio/…</param>
/// <param name="Status">Null when no answer came.</param>
/// <param name="Answer">JSON of the desk; null for none.</param>
internal sealed record StudioCallback(string Path, int? Status, JsonNode? Answer)
{
    public bool AgentMode => Answer?["agent_mode"]?.GetValue<bool>() ?? false;
}

/// <summary>What one message of a customer led to.</summary>
/// <param name="Calls">Callbacks, in order.</param>
/// <param name="Says">What Studio itself wrote to the customer.</param>
internal sealed record StudioAct(IReadOnlyList<StudioCallback> Calls, IReadOnlyList<string> Says);

/// <summary>
/// Twilio Studio in front of a number: customers' messages go to its flow, and the flow tells the desk of them by signed callbacks, as
/// system B's did. Its own messages go to the phone without the desk.
/// </summary>
internal sealed class SimulatedStudio(SimulatorHub hub)
{
    private const string Menu = "1. Véhicules neufs\n2. Véhicules d'occasion\n3. Service après-vente\n4. Brochure\n5. Un conseiller";

    private static readonly Dictionary<string, string> Choices = new(StringComparer.Ordinal)
    {
        ["1"] = "vehicules_neufs", ["2"] = "vehicules_occasion", ["3"] = "service_apres_vente", ["4"] = "brochure",
    };

    private readonly ConcurrentDictionary<(string Phone, string Number), Run> runs = new();

    /// <summary>The customer writes to a number that Studio answers.</summary>
    public async Task<StudioAct> Say(SimulatedPhone phone, SimulatedNumber number, string text, StudioOption option, CancellationToken cancel = default)
    {
        var play = new Play(hub, phone, number, text, option, cancel);
        play.Show(text, fromCustomer: true);
        var key = (phone.Number, number.Address);
        var next = runs.TryGetValue(key, out var run) ? await GoOn(play, run) : await Begin(play);
        if (next is null)
        {
            runs.TryRemove(key, out _);
        }
        else
        {
            runs[key] = next;
        }

        return new StudioAct(play.Calls, play.Says);
    }

    private static async Task<Run?> Begin(Play play)
    {
        var told = await play.Incoming();
        if (play.IsSilenced(told))
        {
            play.Answers("Votre message est bien arrivé, votre conseiller vous répond ici.");
            return null;
        }

        play.Answers(Menu);
        return told.Answer?["conversation_id"]?.GetValue<long>() is { } id ? new Run(id, Place.Menu) : null;
    }

    private static async Task<Run?> GoOn(Play play, Run run) => run.At switch
    {
        Place.Menu => await Chosen(play, run),
        Place.Email => await Mailed(play, run),
        _ => await Dated(play, run),
    };

    private static async Task<Run?> Chosen(Play play, Run run)
    {
        var text = play.Text.Trim();
        if (text == "5")
        {
            await play.Call("agent-transfer", run, ("reason", "demande_conseiller"));
            play.Answers("Un conseiller vous répond ici dans un instant.");
            return null;
        }

        if (!Choices.TryGetValue(text, out var choice))
        {
            // With agent mode the desk hears what fits no choice, so that whoever took over reads it.
            if (play.Option == StudioOption.AgentMode && play.IsSilenced(await play.Incoming()))
            {
                return null;
            }

            play.Answers("Répondez par un chiffre de 1 à 5.");
            return run;
        }

        if (play.IsSilenced(await play.Call("menu-choice", run, ("menu_choice", choice), ("user_input", text))))
        {
            return null;
        }

        if (text == "3")
        {
            play.Answers("Votre adresse e-mail ?");
            return run with { At = Place.Email };
        }

        play.Answers("Nous vous attendons du lundi au samedi.");
        await play.Call("complete", run);
        return null;
    }

    private static async Task<Run?> Mailed(Play play, Run run)
    {
        var told = await play.Call("free-input", run, ("widget_name", "collect_email"), ("user_input", play.Text));
        if (play.IsSilenced(told))
        {
            return null;
        }

        play.Answers(told.Status == 200 ? "Quel jour ?" : "Cette adresse n'est pas complète.");
        return told.Status == 200 ? run with { At = Place.Date } : run;
    }

    private static async Task<Run?> Dated(Play play, Run run)
    {
        if (play.IsSilenced(await play.Call("free-input", run, ("widget_name", "collect_date"), ("user_input", play.Text))))
        {
            return null;
        }

        play.Answers("C'est noté.");
        await play.Call("complete", run);
        return null;
    }

    private enum Place
    {
        Menu,
        Email,
        Date,
    }

    private sealed record Run(long ConversationId, Place At);

    /// <summary>One message's way through the flow.</summary>
    private sealed class Play(SimulatorHub hub, SimulatedPhone phone, SimulatedNumber number, string text, StudioOption option, CancellationToken cancel)
    {
        private readonly string sid = ProviderIds.Sid(phone.Number, "SM");

        public string Text => text;

        public StudioOption Option => option;

        public List<StudioCallback> Calls { get; } = [];

        public List<string> Says { get; } = [];

        public bool IsSilenced(StudioCallback told) => option == StudioOption.AgentMode && told.AgentMode;

        public Task<StudioCallback> Incoming() =>
            Post("incoming", [new("From", "whatsapp:" + phone.Number), new("Body", text), new("MessageSid", sid), new("ProfileName", phone.Name)]);

        public Task<StudioCallback> Call(string verb, Run run, params (string Name, string Value)[] fields) => Post(
            verb, [new("conversation_id", run.ConversationId.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);

        public void Answers(string words)
        {
            Says.Add(words);
            Show(words, fromCustomer: false);
        }

        public void Show(string words, bool fromCustomer)
        {
            var chat = phone.ChatWith(number);
            var bubble = new PhoneMessage(fromCustomer ? sid : ProviderIds.Sid(phone.Number, "SM"), fromCustomer, "text", words, hub.Now);
            chat.Add(bubble, hub.BubblesPerChat);
            hub.Feed.Bubble(phone, chat, bubble);
            phone.Touch(hub.Now);
        }

        private async Task<StudioCallback> Post(string verb, List<KeyValuePair<string, string>> form)
        {
            var path = "/api/twilio/" + verb;
            var body = string.Join('&', form.Select(p => WebUtility.UrlEncode(p.Key) + "=" + WebUtility.UrlEncode(p.Value)));
            var signed = new Uri(number.SignedUrl ?? number.WebhookUrl, path).OriginalString;
            var result = await hub.Post(new SignedWebhook(
                new Uri(number.WebhookUrl, path), Encoding.UTF8.GetBytes(body), "application/x-www-form-urlencoded; charset=UTF-8", TwilioSignature.Header,
                TwilioSignature.Of(number.Secret, signed, form), sid), cancel);
            var call = new StudioCallback(path, result.StatusCode, Json(result.Answer));
            Calls.Add(call);
            return call;
        }

        private static JsonNode? Json(string text)
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
