namespace Relais.Simulator;

/// <summary>Whose wire is imitated.</summary>
internal enum SimulatedChannel
{
    Meta = 1,
    Twilio = 2,
}

/// <summary>A business number connected at the simulator: what the provider would know of it.</summary>
/// <param name="Channel">Whose wire is imitated.</param>
/// <param name="Address">Meta: the phone_number_id. Twilio: E.164 without <c>whatsapp:</c>.</param>
/// <param name="DisplayNumber">E.164, as a customer sees it.</param>
/// <param name="Account">Meta: WhatsApp Business Account id. Twilio: AccountSid.</param>
/// <param name="Secret">What signs webhooks. Meta: the app secret. Twilio: the auth token.</param>
/// <param name="AccessToken">What a send must carry. Meta: the bearer token. Twilio: the auth token.</param>
/// <param name="WebhookUrl">Where webhooks are posted.</param>
/// <param name="Name">The business's name on the phone.</param>
/// <param name="SignedUrl">
/// Twilio: the public URL that is signed when it differs from where it is posted. Status callbacks whose URL lies on the
/// same public host are posted to the host of <paramref name="WebhookUrl"/> too.
/// </param>
internal sealed record SimulatedNumber(
    SimulatedChannel Channel,
    string Address,
    string DisplayNumber,
    string Account,
    string Secret,
    string AccessToken,
    Uri WebhookUrl,
    string Name,
    Uri? SignedUrl = null);
