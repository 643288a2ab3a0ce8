namespace Relais.Simulator;

/// <summary>
/// The providers' codes that the simulator gives, with the HTTP status that goes with each. Meta's throttling codes are
/// HTTP 400 (error-code page of September 2026); Twilio's are 429.
/// </summary>
internal static class ProviderErrors
{
    public static (int Status, string Message, string Details) Meta(int code) => code switch
    {
        2 => (503, "Service temporarily unavailable", "Temporary due to downtime or due to being overloaded."),
        4 => (400, "Application request limit reached", "The app has reached its API call rate limit."),
        33 => (400, "Unsupported post request", "The business phone number has been deleted or does not exist."),
        100 => (400, "Invalid parameter", "The request included one or more unsupported or misspelled parameters."),
        190 => (401, "Error validating access token", "The access token is expired or invalid."),
        130403 => (400, "User is blocked", "The business has blocked this user."),
        130429 => (400, "Rate limit hit", "Cloud API message throughput has been reached."),
        131000 => (500, "Something went wrong", "Message failed to send due to an unknown error."),
        131008 => (400, "Required parameter is missing", "A required parameter is missing."),
        131009 => (400, "Parameter value is not valid", "A parameter value is not valid."),
        131026 => (400, "Message undeliverable", "Message Undeliverable."),
        131031 => (403, "Business Account locked", "The business account has been locked."),
        131042 => (400, "Business eligibility payment issue", "There was an error related to the payment method."),
        131047 => (400, "Re-engagement message",
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number."),
        131048 => (400, "Spam rate limit hit", "Message failed to send because there are restrictions on this number."),
        131049 => (400, "This message was not delivered to maintain healthy ecosystem engagement.",
            "In order to maintain a healthy ecosystem engagement, the message failed to be delivered."),
        131059 => (400, "Invalid pagination cursor", "The cursor is not valid."),
        131053 => (400, "Media upload error", "Unable to upload the media used in the message."),
        132000 => (400, "Number of parameters does not match the expected number of params", "The number of variable parameters is wrong."),
        132001 => (404, "Template name does not exist in the translation", "The template does not exist in this language or is not approved."),
        132005 => (400, "Template hydrated text too long", "The translated text is too long."),
        132012 => (400, "Parameter format does not match format in the created template", "The variable parameters have another format."),
        132015 => (400, "Template is paused", "The template is paused because of low quality."),
        132016 => (400, "Template is disabled", "The template has been paused too often and is disabled."),
        131056 => (400, "(Business Account, Consumer Account) pair rate limit hit",
            "Too many messages sent to the same phone number in a short period of time."),
        _ => (400, "Message failed", "Message failed to send."),
    };

    public static (int Status, string Message) Twilio(int code) => code switch
    {
        20003 => (401, "Authenticate"),
        20404 => (404, "The requested resource was not found"),
        20429 => (429, "Too Many Requests"),
        20500 => (500, "An internal server error has occurred"),
        20503 => (503, "Service unavailable"),
        21211 => (400, "The 'To' number is not a valid phone number."),
        21212 => (400, "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID."),
        21602 => (400, "Message body is required."),
        21603 => (400, "A 'From' or 'MessagingServiceSid' parameter is required."),
        21604 => (400, "A 'To' phone number is required."),
        21609 => (400, "The 'StatusCallback' URL is not a valid URL."),
        21610 => (400, "Attempt to send to unsubscribed recipient"),
        21617 => (400, "The concatenated message body exceeds the 1600 character limit"),
        30008 => (400, "Unknown error"),
        63003 => (400, "Channel could not find To address"),
        63007 => (400, "Twilio could not find a Channel with the specified From address"),
        63016 => (400, "Failed to send freeform message because you are outside the allowed window."),
        63018 => (429, "Rate limit exceeded for Channel"),
        63033 => (400, "Recipient blocked to receive message"),
        63019 => (400, "Media failed to download"),
        63005 => (400, "Channel did not accept given content"),
        63040 => (400, "Template rejected"),
        63041 => (400, "Template paused"),
        63042 => (400, "Template disabled"),
        63024 => (400, "Invalid message recipient"),
        _ => (400, "The message could not be sent."),
    };
}
