namespace Relais.Engine.Ai.BuiltIn;

/// <summary>What a customer's message wants. The order is that of the model's classes.</summary>
internal enum Intent
{
    Greet,

    /// <summary>Where an order is, or when it comes.</summary>
    Track,
    Confirm,
    Cancel,

    /// <summary>Change an order that exists: address, size, quantity.</summary>
    Change,

    /// <summary>Buy something, or learn how to.</summary>
    Order,

    /// <summary>Of a product or of the delivery.</summary>
    Price,
    Hours,
    Person,

    /// <summary>Also a farewell with thanks.</summary>
    Thanks,

    /// <summary>Something went wrong for this customer: broken, wrong, rude, fake.</summary>
    Complaint,

    /// <summary>Send me nothing more.</summary>
    Stop,

    /// <summary>Every other question (payment, returns, sizes …) and what is no shop's matter.</summary>
    Other,
}

/// <summary>A message's intent and how sure that is, 0 to 1; 1 when a rule says so.</summary>
internal readonly record struct IntentReading(Intent Intent, double Confidence);
