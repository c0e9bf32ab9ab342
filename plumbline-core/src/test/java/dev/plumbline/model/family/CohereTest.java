package dev.plumbline.model.family;

class CohereTest extends FamilyContractTest {

    @Override
    String family() {
        return "cohere";
    }
}
