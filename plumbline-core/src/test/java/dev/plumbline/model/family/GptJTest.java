package dev.plumbline.model.family;

class GptJTest extends FamilyContractTest {

    @Override
    String family() {
        return "gptj";
    }
}
