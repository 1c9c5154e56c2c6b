namespace Limpet.Resources;

/// <summary>Answers: what does this machine allow?</summary>
public interface IMachineReader
{
    /// <summary>Reads the limits and switches that are in force here. What cannot be read is null.</summary>
    MachineFacts Read();
}
