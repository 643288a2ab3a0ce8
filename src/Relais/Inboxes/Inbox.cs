namespace Relais.Inboxes;

/// <summary>One connected number, with its keys opened, as the pipeline holds it in memory.</summary>
/// <param name="TenantId">Whose number.</param>
/// <param name="Id">Our id.</param>
/// <param name="ConnectionId">The provider connection (one app secret) that speaks for it.</param>
/// <param name="IsTwilio">True for Twilio, false for Meta.</param>
/// <param name="Account">Meta: WhatsApp Business Account id. Twilio: AccountSid.</param>
/// <param name="Address">Meta: phone_number_id. Twilio: E.164.</param>
/// <param name="DisplayNumber">E.164, for people.</param>
/// <param name="Name">For people.</param>
/// <param name="AccessToken">What sends; null when it is missing.</param>
/// <param name="CallbackToken">What lets Studio's calls in, or null.</param>
/// <param name="Quiet">How long the engine waits for the rest of a burst.</param>
internal sealed record Inbox(
    long TenantId, long Id, long ConnectionId, bool IsTwilio, string Account, string Address, string DisplayNumber, string Name,
    string? AccessToken, string? CallbackToken, TimeSpan Quiet);

/// <summary>One provider app: a secret that may speak for many inboxes of many tenants.</summary>
/// <param name="Id">Our id.</param>
/// <param name="IsTwilio">True for Twilio, false for Meta.</param>
/// <param name="Account">Meta: WhatsApp Business Account id. Twilio: AccountSid.</param>
/// <param name="Secret">Meta app secret or Twilio auth token; null means that nothing it posts is let in.</param>
/// <param name="VerifyToken">Meta's verification GET.</param>
internal sealed record ProviderConnection(long Id, bool IsTwilio, string Account, string? Secret, string? VerifyToken);
