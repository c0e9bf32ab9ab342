package dev.plumbline.model.family;

class GptNeoXTest extends FamilyContractTest {

    @Override
    String family() {
        return "gpt_neox";
    }
}
