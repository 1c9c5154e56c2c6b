using System.Runtime.CompilerServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Reads the messages of partners with Newtonsoft.Json, which keeps a contract for every type that it has seen. A new kind of message comes up every seventh
/// operation until all 48 have.
/// </summary>
internal sealed class OrderImport : HarmlessTarget
{
    private const int OperationsPerKind = 7;

    private readonly MessageReader _reader = new();

    public override Truth Truth => Truth.Harmless(
        "The resolver keeps one contract for each of 48 types of message and of their parts.", "Newtonsoft.Json 13.0.1", "Clean", "Bounded");

    protected override double Cap => PartnerMessages.Kinds;

    protected override int CheckedOperations => 351;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        int kinds = Math.Min(1 + (number / OperationsPerKind), PartnerMessages.Kinds);
        Subjects.Add(_reader.Read(PartnerMessages.Create(kinds - 1, number)));
        Subjects.Add(_reader.Read(PartnerMessages.Create(number % kinds, number)));
    }
}

internal sealed class MessageReader
{
    private readonly JsonSerializerSettings _settings = new() { ContractResolver = new CamelCasePropertyNamesContractResolver() };

    /// <summary>Reads it as it would come over the wire, and returns the contract that it was read by.</summary>
    public JsonContract Read(object message)
    {
        string text = JsonConvert.SerializeObject(message, _settings);
        object read = JsonConvert.DeserializeObject(text, message.GetType(), _settings)!;
        return read.Equals(message)
            ? _settings.ContractResolver!.ResolveContract(message.GetType())
            : throw new InvalidOperationException($"{text} was read as something else.");
    }
}
